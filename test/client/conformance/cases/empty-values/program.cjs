_katib_push(console).log('loss=nan accuracy=tensor(0.5)');
_katib_push(console).log('loss= accuracy=');
_katib_push(console).log('loss=3');
