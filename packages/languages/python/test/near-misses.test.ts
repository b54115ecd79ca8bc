import { expect, it } from 'vitest';
import { lines } from '../../../../test/lines.ts';
import { createPython } from '../src/index.ts';

const python = await createPython();

function missesOf(text: string): readonly string[] {
  const document = python.parse(text, { opaque: [] });
  const found = (document.nearMisses?.() ?? []).map(({ sink, kind }) => `${kind} ${sink}`);
  document.dispose();
  return found;
}

it.each([
  ['import wandb\nwandb.log({"loss": 1})', 'tracker wandb.log'],
  ['import mlflow\nmlflow.log_metric("loss", 1)', 'tracker mlflow.log_metric'],
  ['writer = SummaryWriter()\nwriter.add_scalar("loss", 1)', 'tracker writer.add_scalar'],
  [
    'import pytorch_lightning as pl\nclass M(pl.LightningModule):\n  def f(self): self.log("loss", 1)',
    'tracker self.log',
  ],
  ['import tensorflow as tf\ntf.print("loss", 1)', 'native tf.print'],
  ['from helpers import print_rank_0\nprint_rank_0("loss=1")', 'wrapper print_rank_0'],
  ['from .dist import print_rank_0 as say\nsay("loss=1")', 'wrapper say'],
  ['from helpers import mprint\nmprint("loss=1")', 'wrapper mprint'],
  ['import helpers\nhelpers.report("loss=1")', 'wrapper helpers.report'],
  ['import utils.dist as dist\ndist.log_once("loss=1")', 'wrapper dist.log_once'],
  ['import keras\nmodel.fit(x, y)', 'library model.fit'],
  ['import xgboost as xgb\nxgb.train({}, d)', 'library xgb.train'],
  ['from transformers import Trainer\ntrainer = Trainer()\ntrainer.train()', 'library trainer.train'],
  ['from transformers import Trainer\nt = Trainer(model=m)\nt.train()', 'library t.train'],
  ['from transformers import Trainer\nTrainer(model=m).train()', 'library Trainer(model=m).train'],
  ['from trl import SFTTrainer\ndef f(trainer): trainer.train()', 'library trainer.train'],
  [
    lines`
      from transformers import Trainer
      class A:
        def f(self):
          self.t = Trainer()
          self.t.train()
    `,
    'library self.t.train',
  ],
  ['from xgboost import XGBClassifier\nm = XGBClassifier()\nm.fit(x, y)', 'library m.fit'],
  ['import xgboost as xgb\nxgb.XGBRegressor(n=3).fit(x, y)', 'library xgb.XGBRegressor(n=3).fit'],
  ['from lightgbm import train\ntrain({}, d)', 'library train'],
  ['from catboost import CatBoostClassifier\nm = CatBoostClassifier()\nm.fit(x, y)', 'library m.fit'],
  [
    lines`
      import tensorflow as tf
      def make(): return tf.keras.Sequential()
      m = make()
      m.fit(x, y)
    `,
    'library m.fit',
  ],
  ['from tensorflow.keras.models import Sequential\nm = Sequential()\nm.fit(x, y)', 'library m.fit'],
  [
    lines`
    from keras import Model
    class Net(Model): pass
    n = Net()
    n.fit(x)
  `,
    'library n.fit',
  ],
  ['import lightning as L\nt = L.Trainer()\nt.fit(model)', 'library t.fit'],
  [
    'import lightning as L\nclass M(L.LightningModule): pass\ndef f(trainer): trainer.test(m)',
    'library trainer.test',
  ],
  [
    'from fastai.vision.all import *\nlearn = vision_learner(dls)\nlearn.fine_tune(3)',
    'library learn.fine_tune',
  ],
  ['from ultralytics import YOLO\nm = YOLO("a.pt")\nm.train(data=d)', 'library m.train'],
  [
    'from stable_baselines3 import PPO\nPPO("MlpPolicy", env).learn(10)',
    'library PPO("MlpPolicy", env).learn',
  ],
])('finds %j', (text, found) => {
  expect(missesOf(text)).toEqual([found]);
});

it.each([
  'from math import log\nlog(loss)',
  'import logging\nlogging.log(20, "loss=1")',
  'from sklearn.svm import SVC\nSVC().fit(x, y)',
  lines`
    import keras
    from sklearn.svm import SVC
    clf = SVC()
    clf.fit(x, y)
  `,
  'from transformers import AutoModel\nmodel = AutoModel.from_pretrained(p)\nmodel.eval()',
  'import torch, transformers\ndef f(model): model.train()',
  'import xgboost\ndef f(model): model.fit(x)',
  'def train(): pass\ntrain()',
  'import keras\ndef evaluate(m): pass\nevaluate(m)',
  'def print_rank_0(text): print(text)\nprint_rank_0("loss=1")',
  '# wandb.log({"loss": 1})\nx = "wandb.log()"',
  'import math as m\nm.log(loss)',
  'import mlflow\nmlflow.log_param("loss", "mse")',
  'log = []\nlog.print("loss=1")',
  'class A:\n  def f(self): self.log("loss", 1)',
])('finds nothing in %j', (text) => {
  expect(missesOf(text)).toEqual([]);
});
