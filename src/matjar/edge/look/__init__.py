"""The look that surfaces share: colours and sizes, elements, fields, drawings. Data only, for `edge.pages`."""
