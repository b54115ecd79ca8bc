_katib_push(print)('loss: "a\\b\x01\x7f\u2028 é😀"')
_katib_push(print)('loss: "\t1"')
