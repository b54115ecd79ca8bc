_katib_push(console).log('loss=none accuracy=tensor(x)');
_katib_push(console).log('loss= accuracy=');
_katib_push(console).log('loss=3');
