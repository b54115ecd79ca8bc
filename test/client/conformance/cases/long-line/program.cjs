_katib_push(console).log('accuracy=0.5' + ' '.repeat(1e6) + 'loss' + ' '.repeat(1e6) + '=' + ' '.repeat(1e6) + '7');
