_katib_push(console).log('loss=nan accuracy=0.5');
_katib_push(console).log('loss=-inf, accuracy=Infinity');
_katib_push(console).log('loss = +NaN|');
_katib_push(console).log('loss=tensor(nan)');
_katib_push(console).log('loss=nano accuracy=info');
_katib_push(console).log('loss=- accuracy=1');
