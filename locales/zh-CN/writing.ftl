### 手写和拼音。

writing-place = 您要去哪里看病？
writing-hospital = 要找哪家医院？
writing-address = 请写下那边的住址
writing-referral = 哪家医院让您转的？
writing-place-hint = 写地名
writing-hospital-hint = 写医院的名字
writing-address-hint = 写街道、小区、门牌
writing-full = 写满了，写不下更多
writing-pad = 用手指在这里写字
writing-recognising = 正在认字
writing-no-hand = 手写现在用不了，请用拼音。
writing-letters = 打拼音，只打头一个字母也行
writing-no-match = 还没找到，再写一个字试试。
writing-undo = 退一笔
writing-clear = 重写
writing-by-pinyin = 拼音
writing-by-hand = 手写
writing-erase = 删一个
writing-done = 写好了
writing-more = 换一批
match-filed-to = { $within } · 要备案到{ $to }
