### What every screen has: the five big buttons below, and what may lie over a screen.

bar-language = Language
bar-contrast = Contrast
bar-contrast-on = Contrast on
bar-reach = Lower
bar-reach-on = Lower on
bar-hotline = Call 12393
bar-help = Get help
bar-home = Home
bar-back = Back
bar-large-font = Big text
bar-large-font-on = Big text on
bar-voice = Voice
bar-voice-on = Voice on

idle-title = Are you still there?
idle-stay = I am still here
idle-leave = No, go to start page

language-title = Which language?
language-chinese = 简体中文
language-traditional = 繁體中文
language-english = English

help-title = Help is on its way
help-text = A member of staff will come. Please wait here.
help-close = All right

hotline-title =
    Call 12393,
    from anywhere in China
hotline-text = Dial 12393 on your own phone for anything about medical insurance.
hotline-staff = No phone with you? Press "Get help".
hotline-close = All right

reads-aloud = Read to me
language-close = Keep this language

curtain-text = The screen is covered; touch it to see it again
help-window-title = Please ask at the window

## How the voice sounds: pace, loudness, once more.

voice-title = How does it sound?
voice-repeat = Say it again
voice-slower = Slower
voice-faster = Faster
voice-softer = Softer
voice-louder = Louder
voice-explore = First press only reads: off
voice-explore-on = First press only reads: on
voice-off = Stop speaking
voice-close = Done
