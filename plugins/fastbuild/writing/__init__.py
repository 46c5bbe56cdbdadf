"""Writing: pages and feeds are collected, then made by several hands, but for those that would come out the same."""
