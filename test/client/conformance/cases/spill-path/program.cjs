_katib_push(console).log('loss: "a\\b\x01\x7f\u2028 é😀"');
_katib_push(console).log('loss: "\t1"');
