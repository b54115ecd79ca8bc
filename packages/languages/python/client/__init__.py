"""Pushes the metrics of a Katib trial to Katib's DB manager; see README.md."""
from .katib_push import bind, report_metrics, tune

__all__ = ['bind', 'report_metrics', 'tune']
