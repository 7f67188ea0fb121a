### 每一屏都有的東西：底下五個大按鈕，和蓋在上面的提示。

bar-language = 語言
bar-contrast = 高對比
bar-contrast-on = 高對比開
bar-reach = 放低
bar-reach-on = 放低開
bar-hotline = 打12393
bar-help = 叫人幫忙
bar-home = 回首頁
bar-back = 上一步
bar-large-font = 大字
bar-large-font-on = 大字開
bar-voice = 語音
bar-voice-on = 語音開

idle-title = 您還在嗎？
idle-stay = 我還在，繼續
idle-leave = 不用了，回首頁

language-title = 您看哪種文字？
language-chinese = 简体中文
language-traditional = 繁體中文
language-english = English

help-title = 已經叫人了
help-text = 工作人員會過來，請在這裡等一等。
help-close = 知道了

hotline-title =
    有事打 12393，
    全國都是這個號
hotline-text = 用您自己的電話撥，醫保的事都能問。
hotline-staff = 身邊沒有電話，就按“叫人幫忙”。
hotline-close = 知道了

reads-aloud = 念給我聽
language-close = 不換了

curtain-text = 屏幕遮住了，點一下就打開
help-window-title = 請到窗口找人幫忙

## 聲音怎麼樣：快慢、大小、再聽一遍。

voice-title = 聲音怎麼樣？
voice-repeat = 再念一遍
voice-slower = 慢一點
voice-faster = 快一點
voice-softer = 輕一點
voice-louder = 響一點
voice-explore = 按第一下先念給我聽
voice-explore-on = 按第一下先念：開著
voice-off = 不念了
voice-close = 好了
