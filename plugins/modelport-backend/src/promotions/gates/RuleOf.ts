import { BuiltInGateRule } from './gateRules';

/** The rule of one type of gate. */
export type RuleOf<T extends BuiltInGateRule['type']> = Extract<
  BuiltInGateRule,
  { type: T }
>;
