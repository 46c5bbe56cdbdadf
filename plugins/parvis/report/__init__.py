"""Room 5, MEASURE: what was collected, decided and published."""
