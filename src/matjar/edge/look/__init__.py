"""The look that surfaces share: colours and sizes, elements, buttons and fields, drawings. Data only, for `edge.pages`."""
