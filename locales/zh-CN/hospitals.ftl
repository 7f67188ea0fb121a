### 查定点医院。

hospital-address = 地址
hospital-phone = 电话
hospital-services = 外地医保能直接结算
hospital-services-unknown = 能不能直接结算，请打 12393 问一问
hospital-finish = 看好了

# 定点医院名单里的等级和可以直接结算的类别。

hospital-tier-primary = 一级
hospital-tier-secondary = 二级
hospital-tier-tertiary = 三级
hospital-grade-special = 特等
hospital-grade-a = 甲等
hospital-grade-b = 乙等
hospital-grade-c = 丙等
hospital-graded = { $tier }{ $grade }
hospital-inpatient = 住院
hospital-outpatient = 普通门诊
hospital-chronic = 门诊慢特病
