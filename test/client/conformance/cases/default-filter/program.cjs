for (const text of ['accuracy =  .5', 'accuracy=1.', 'accuracy=1.e5', 'accuracy=+1e-3x', 'xaccuracy=1', 'a|accuracy=1', '\u00e9accuracy=2',
             'loss=0.5accuracy=0.9', 'loss==3', 'loss=\u00a04', 'loss=5e', 'loss=-6E+7', 'loss: 8', 'loss=nan', 'x=1loss=9',
             'loss\t\f=\r10', 'loss\v=11', 'loss=' + ' '.repeat(200) + '1'.repeat(50), 'loss=1e+', 'accuracy=loss=2', '-accuracy=3', 'loss=\u0663']) {
  _katib_push(console).log(text);
}
