_katib_push(console).log('"a\\b\x01\x7f\u2028 é😀": 1');
_katib_push(console).log('\t"\': 2');
