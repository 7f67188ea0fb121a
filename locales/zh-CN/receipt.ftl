# 手机扫码带走的回执和草稿。扫出来就是这些字，最后一行是验真码。

receipt-title = 异地就医备案回执
receipt-done = 备案号：{ $serial }
receipt-kept = 已暂存，还没办好。查询码：{ $code }
receipt-name = 姓名：{ $name }
receipt-route = 从{ $from }到{ $to }
receipt-open-ended = { $begin }起，长期有效
receipt-until = { $begin }到{ $end }
receipt-cancelled = 取消到{ $place }的备案
receipt-extended = 到{ $place }的备案延长到{ $until }
receipt-number = 受理编号：{ $number }
receipt-made = 办理时间：{ $day } { $time }
receipt-date = { $year }年{ $month }月{ $day }日
draft-title = 异地就医备案草稿，还没有提交
draft-advice = 请在一天内带上身份证，交给窗口扫码办理
to-bring-title = 到窗口办异地就医备案，请带上：
to-bring-advice = 这是提醒，不是回执，备案还没有办。
receipt-notice = 办之前告诉过您：
