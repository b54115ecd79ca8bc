_katib_push(console).log('loss: nan');
_katib_push(console).log('loss: inf;');
_katib_push(console).log('loss: (0.5)');
_katib_push(console).log('loss: x');
_katib_push(console).log('accuracy> ');
_katib_push(console).log('accuracy>nan');
