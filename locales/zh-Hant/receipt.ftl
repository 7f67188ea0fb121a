# 手機掃碼帶走的回執和草稿。掃出來就是這些字，最後一行是驗真碼。

receipt-title = 異地就醫備案回執
receipt-done = 備案號：{ $serial }
receipt-kept = 已暫存，還沒辦好。查詢碼：{ $code }
receipt-name = 姓名：{ $name }
receipt-route = 從{ $from }到{ $to }
receipt-open-ended = { $begin }起，長期有效
receipt-until = { $begin }到{ $end }
receipt-cancelled = 取消到{ $place }的備案
receipt-extended = 到{ $place }的備案延長到{ $until }
receipt-number = 受理編號：{ $number }
receipt-made = 辦理時間：{ $day } { $time }
receipt-date = { $year }年{ $month }月{ $day }日
draft-title = 異地就醫備案草稿，還沒有提交
draft-advice = 請在一天內帶上身份證，交給窗口掃碼辦理
to-bring-title = 到窗口辦異地就醫備案，請帶上：
to-bring-advice = 這是提醒，不是回執，備案還沒有辦。
receipt-notice = 辦之前告訴過您：
