_katib_push(console).log('auc=1');
