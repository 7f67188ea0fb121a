### 每一屏都有的东西：底下五个大按钮，和盖在上面的提示。

bar-language = 语言
bar-contrast = 高对比
bar-contrast-on = 高对比开
bar-reach = 放低
bar-reach-on = 放低开
bar-hotline = 打12393
bar-help = 叫人帮忙
bar-home = 回首页
bar-back = 上一步
bar-large-font = 大字
bar-large-font-on = 大字开
bar-voice = 语音
bar-voice-on = 语音开

idle-title = 您还在吗？
idle-stay = 我还在，继续
idle-leave = 不用了，回首页

language-title = 您看哪种文字？
language-chinese = 简体中文
language-traditional = 繁體中文
language-english = English

help-title = 已经叫人了
help-text = 工作人员会过来，请在这里等一等。
help-close = 知道了

hotline-title =
    有事打 12393，
    全国都是这个号
hotline-text = 用您自己的电话拨，医保的事都能问。
hotline-staff = 身边没有电话，就按“叫人帮忙”。
hotline-close = 知道了

reads-aloud = 念给我听
language-close = 不换了

curtain-text = 屏幕遮住了，点一下就打开
help-window-title = 请到窗口找人帮忙

## 声音怎么样：快慢、大小、再听一遍。

voice-title = 声音怎么样？
voice-repeat = 再念一遍
voice-slower = 慢一点
voice-faster = 快一点
voice-softer = 轻一点
voice-louder = 响一点
voice-explore = 按第一下先念给我听
voice-explore-on = 按第一下先念：开着
voice-off = 不念了
voice-close = 好了
