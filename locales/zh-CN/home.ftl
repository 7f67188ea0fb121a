### 首页和待机页。

home-title =
    您好，
    今天想办什么事？
home-subtitle = 直接点下面的大按钮就行，不着急，慢慢来。
home-subtitle-landscape = 点右边的大按钮就行，慢慢来。
home-more-title = 还可以办这些
home-large-font = 大字版
home-large-font-off = 字更大，按钮更少
home-voice = 语音版
home-voice-off = 把字念给您听
home-voice-on = 已打开 · 念给您听
home-mode-on = 已打开
home-more = 更多服务
home-less = 回到前面

standby-title =
    查余额、办备案，
    不用排队
standby-subtitle = 不会用也没关系，机器会一步步念给您听。
standby-bring = 请带上其中一样
standby-bring-id = 身份证
standby-bring-voucher = 手机里的医保电子凭证
standby-start = 点这里开始
standby-start-card = 或者直接把身份证放在下面
standby-start-voucher = 准备好手机里的医保码就行
