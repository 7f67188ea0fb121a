### The rating, the end, and what to do when something cannot be done.

rate-title = Are you happy?
rate-hint = Press one. You need not rate.
rate-hint-chosen = Chosen. Now press “Send rating”.
rate-why = What was not good?
rate-why-hint = at least one
rate-more-reasons = More reasons
rate-by-phone = By phone
rate-skip = Do not rate
rate-submit = Send rating
rate-storing = Saving
rate-failed = It was not saved. Please press "Send rating" again.

phone-title = Rate on your phone
phone-text = Open WeChat or Alipay and scan this code.
phone-privacy = The code does not hold your name or number.
phone-back = Rate here
phone-finish = Scanned

question-kicker = One more question
question-skip = Skip

thanks-take-card = Please take your ID card
thanks-take-card-text = Then the screen clears itself.
thanks-rated = Thank you
thanks-rated-text = Your details have been cleared.
thanks-goodbye = All done
thanks-goodbye-text = Your details have been cleared.
thanks-close = All right

window-go = Go to
fault-not-yours = It is the machine, not you.
fault-not-yours-platform = It is the line, not you.
fault-staff-told = Our staff have been told.
fault-ask-window = Please ask at the window.
fault-can = You can
fault-try-again = Wait and try again
fault-try-again-text = The screen tells you when it works
fault-try-again-voice = We will tell you when it works
fault-try-again-platform = No need to lay the card again

elsewhere-kicker = Not on this machine yet
elsewhere-close = Home

guide-title = What to bring
guide-subtitle = For what is done most often.
guide-balance = Balance, insurance
guide-balance-bring = ID card, or the code on your phone
guide-filing = Care elsewhere
guide-filing-bring = ID card, address there, phone number
guide-claim = Claiming costs
guide-claim-bring = Invoice, cost list, records, bank card
guide-relative = For a relative
guide-relative-bring = The ID cards of both

out-title =
    Under maintenance,
    not usable now
out-text = We are sorry. Please go to the window.
