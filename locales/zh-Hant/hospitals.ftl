### 查定點醫院。

hospital-address = 地址
hospital-phone = 電話
hospital-services = 外地醫保能直接結算
hospital-services-unknown = 能不能直接結算，請打 12393 問一問
hospital-finish = 看好了

# 定點醫院名單裡的等級和可以直接結算的類別。

hospital-tier-primary = 一級
hospital-tier-secondary = 二級
hospital-tier-tertiary = 三級
hospital-grade-special = 特等
hospital-grade-a = 甲等
hospital-grade-b = 乙等
hospital-grade-c = 丙等
hospital-graded = { $tier }{ $grade }
hospital-inpatient = 住院
hospital-outpatient = 普通門診
hospital-chronic = 門診慢特病
