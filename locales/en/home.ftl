### First screen and standby.

home-title =
    Hello,
    what do you need?
home-subtitle = Just press a big button below. Take your time.
home-subtitle-landscape = Just press a big button on the right.
home-more-title = You can also do this
home-large-font = Big text
home-large-font-off = Bigger letters
home-voice = Voice
home-voice-off = Reads to you
home-voice-on = On · reads to you
home-mode-on = On
home-more = More services
home-less = Main services

standby-title =
    Balance and filing,
    without queueing
standby-subtitle = It guides you step by step.
standby-bring = Bring one of these
standby-bring-id = Your ID card
standby-bring-voucher = The code on your phone
standby-start = Press here to start
standby-start-card = Or just lay your ID card below
standby-start-voucher = Have the insurance code on your phone ready
