import { expect, it } from 'vitest';
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
  ['import utils.dist as dist\ndist.log_once("loss=1")', 'wrapper dist.log_once'],
  ['import keras\nmodel.fit(x, y)', 'library model.fit'],
  ['import xgboost as xgb\nxgb.train({}, d)', 'library xgb.train'],
  ['from transformers import Trainer\ntrainer = Trainer()\ntrainer.train()', 'library trainer.train'],
])('finds %j', (text, found) => {
  expect(missesOf(text)).toEqual([found]);
});

it.each([
  'from math import log\nlog(loss)',
  'import logging\nlogging.log(20, "loss=1")',
  'from sklearn.svm import SVC\nSVC().fit(x, y)',
  'def print_rank_0(text): print(text)\nprint_rank_0("loss=1")',
  '# wandb.log({"loss": 1})\nx = "wandb.log()"',
  'import math as m\nm.log(loss)',
  'import mlflow\nmlflow.log_param("loss", "mse")',
  'log = []\nlog.print("loss=1")',
  'class A:\n  def f(self): self.log("loss", 1)',
])('finds nothing in %j', (text) => {
  expect(missesOf(text)).toEqual([]);
});
