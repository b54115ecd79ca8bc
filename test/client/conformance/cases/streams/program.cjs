_katib_push(console).log('accuracy=1');
_katib_push(console).error('accuracy=9');
_katib_push(console).log('loss=2');
