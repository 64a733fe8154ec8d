"""Pure decisions about access: rights by age, passwords and codes, who may change whose role."""
