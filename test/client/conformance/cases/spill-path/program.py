_katib_push(print)('"a\\b\x01\x7f\u2028 é😀": 1')
_katib_push(print)('\t"\': 2')
