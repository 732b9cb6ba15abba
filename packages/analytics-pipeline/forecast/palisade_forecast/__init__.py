"""A day-ahead forecast of hourly usage: features, model and backtest. Only `model` and `backtest` import XGBoost."""
