"""Pushes the metrics of a Katib trial to Katib's DB manager; see README.md."""
from .report import report_metrics
from .start import bind
from .tune import tune

__version__ = '0.1.0'
__all__ = ['__version__', 'bind', 'report_metrics', 'tune']
