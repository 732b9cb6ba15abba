"""Cleans CloudTrail, API Gateway access, AWS WAF and database audit records into one partitioned Parquet table.

Pure PySpark: runs unchanged on AWS Glue and on one machine. Only glue_job.py beside this package imports awsglue.
"""
