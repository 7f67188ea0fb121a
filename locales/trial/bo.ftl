### Tibetan: a trial of the layout of the first screen. No native speaker has read it; it is never offered to a resident.
### What is not here is shown in English.

home-title =
    བཀྲ་ཤིས་བདེ་ལེགས།
    དེ་རིང་ལས་དོན་ཅི་ཞིག་སྒྲུབ་དགོས།
home-subtitle = གཤམ་གྱི་མཐེབ་གནོན་ཆེན་པོ་མནན་ན་འགྲིག བྲེལ་མི་དགོས།
home-subtitle-landscape = གཡས་ཕྱོགས་ཀྱི་མཐེབ་གནོན་ཆེན་པོ་མནན་ན་འགྲིག
home-more-title = འདི་དག་ཀྱང་སྒྲུབ་ཆོག
home-large-font = ཡི་གེ་ཆེན་པོ།
home-large-font-off = ཡི་གེ་ཆེ། མཐེབ་ཉུང་།
home-voice = སྒྲ་སྐད།
home-voice-off = ཁྱེད་ལ་ཀློག་གི་རེད།
home-voice-on = ཁ་ཕྱེ་ཟིན། ཀློག་གི་རེད།
home-mode-on = ཁ་ཕྱེ་ཟིན།
home-more = ཞབས་ཞུ་གཞན།
home-less = མདུན་ལ་ལོག

service-balance = ལྷག་མའི་དངུལ་ལ་ལྟ་བ།
service-balance-subtitle = རྩིས་ཐོར་དངུལ་ག་ཚོད་ཡོད།
service-filing = ས་གནས་གཞན་ནས་སྨན་བཅོས།
service-filing-subtitle = མ་འགྲོ་གོང་ཐོ་འགོད།
service-insured = ཉེན་འགན་གནས་ཚུལ།
service-relative = ནང་མིའི་ཆེད།
service-hospitals = སྨན་ཁང་།
service-guide = ལག་དེབ།
service-offices = ལས་ཁུངས།
service-opinion = བསམ་འཆར།

bar-language = སྐད་ཡིག
bar-contrast = མདོག་གསལ།
bar-contrast-on = གསལ་ཟིན།
bar-reach = མར་དབབ།
bar-reach-on = དབབ་ཟིན།
bar-hotline = ཁ་པར་12393
bar-help = རོགས་རམ།
