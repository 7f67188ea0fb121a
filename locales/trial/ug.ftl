### Uyghur, right to left: a trial of the layout of the first screen. No native speaker has read it; it is never offered
### to a resident. What is not here is shown in English.

home-title =
    ياخشىمۇسىز،
    نېمە ئىش بېجىرىسىز؟
home-subtitle = تۆۋەندىكى چوڭ كۇنۇپكىنى باسسىڭىزلا بولىدۇ، ئالدىرىماڭ.
home-subtitle-landscape = سول تەرەپتىكى چوڭ كۇنۇپكىنى باسسىڭىزلا بولىدۇ.
home-more-title = بۇلارنىمۇ بېجىرگىلى بولىدۇ
home-large-font = چوڭ خەت
home-large-font-off = خېتى چوڭ، كۇنۇپكىسى ئاز
home-voice = ئاۋازلىق
home-voice-off = سىزگە ئوقۇپ بېرىدۇ
home-voice-on = ئېچىلدى · ئوقۇپ بېرىدۇ
home-mode-on = ئېچىلدى
home-more = باشقا مۇلازىمەت
home-less = ئالدىغا قايتىش

service-balance = قالدۇق سوممىنى كۆرۈش
service-balance-subtitle = ھېساباتتا قانچە پۇل بار
service-filing = باشقا جايدا داۋالىنىش
service-filing-subtitle = مېڭىشتىن بۇرۇن تىزىملىتىڭ
service-insured = سۇغۇرتا ئۇچۇرى
service-relative = ئائىلىڭىز ئۈچۈن
service-hospitals = دوختۇرخانىلار
service-guide = قوللانما
service-offices = ئورۇنلار
service-opinion = پىكىر بېرىش

bar-language = تىل
bar-contrast = روشەن رەڭ
bar-contrast-on = روشەن ئوچۇق
bar-reach = تۆۋەنلەش
bar-reach-on = تۆۋەن ئوچۇق
bar-hotline = تېلېفون 12393
bar-help = ياردەم
