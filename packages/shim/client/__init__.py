"""The shim as an installed package: its parts are here, those that it shares with the client in the package katib_push."""
import os

__path__.append(os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'katib_push'))
