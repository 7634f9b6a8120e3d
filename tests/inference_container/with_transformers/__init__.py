"""The engine with the real transformers: `make transformers-engine`; elsewhere these tests are skipped."""
