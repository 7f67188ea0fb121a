### 手寫和拼音。

writing-place = 您要去哪裡看病？
writing-hospital = 要找哪家醫院？
writing-address = 請寫下那邊的住址
writing-referral = 哪家醫院讓您轉的？
writing-place-hint = 寫地名
writing-hospital-hint = 寫醫院的名字
writing-address-hint = 寫街道、小區、門牌
writing-full = 寫滿了，寫不下更多
writing-pad = 用手指在這裡寫字
writing-recognising = 正在認字
writing-no-hand = 手寫現在用不了，請用拼音。
writing-letters = 打拼音，只打頭一個字母也行
writing-no-match = 還沒找到，再寫一個字試試。
writing-undo = 退一筆
writing-clear = 重寫
writing-by-pinyin = 拼音
writing-by-hand = 手寫
writing-erase = 刪一個
writing-done = 寫好了
writing-more = 換一批
match-filed-to = { $within } · 要備案到{ $to }
