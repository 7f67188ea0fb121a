### 首頁和待機頁。

home-title =
    您好，
    今天想辦什麼事？
home-subtitle = 直接點下面的大按鈕就行，不著急，慢慢來。
home-subtitle-landscape = 點右邊的大按鈕就行，慢慢來。
home-more-title = 還可以辦這些
home-large-font = 大字版
home-large-font-off = 字更大，按鈕更少
home-voice = 語音版
home-voice-off = 把字念給您聽
home-voice-on = 已打開 · 念給您聽
home-mode-on = 已打開
home-more = 更多服務
home-less = 回到前面

standby-title =
    查餘額、辦備案，
    不用排隊
standby-subtitle = 不會用也沒關係，機器會一步步念給您聽。
standby-bring = 請帶上其中一樣
standby-bring-id = 身份證
standby-bring-voucher = 手機裡的醫保電子憑證
standby-start = 點這裡開始
standby-start-card = 或者直接把身份證放在下面
standby-start-voucher = 準備好手機裡的醫保碼就行
