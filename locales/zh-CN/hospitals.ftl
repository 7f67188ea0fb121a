### 查定点医院。

hospital-address = 地址
hospital-phone = 电话
hospital-services = 外地医保能直接结算
hospital-services-unknown = 能不能直接结算，请打电话问一问
hospital-finish = 看好了
