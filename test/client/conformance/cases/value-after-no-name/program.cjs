const text = (name, value) => `${name} =-loss=${value}`;
_katib_push(console).log(text('grad(w)', 0.5));
_katib_push(console).log('(x) = 5loss=1');
_katib_push(console).log('==-accuracy=1');
_katib_push(console).log('loss=0.25');
_katib_push(console).log('"a" = accuracy=2');
