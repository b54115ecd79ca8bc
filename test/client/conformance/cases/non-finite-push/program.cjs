_katib_push(console).log('loss=nan accuracy=-inf');
_katib_push(console).log('loss=Infinity');
_katib_push(console).log('loss= +INF');
_katib_push(console).log('loss=[-nan]');
_katib_push(console).log('loss=tensor(inf, device=\'cuda:0\')');
_katib_push(console).log('loss=nano accuracy=inf_1');
