import {
  AlertCategory,
  AlertFinding,
} from '@modelport/plugin-modelport-common';
import { AlertRule } from './alertsConfig';

/** What rules found wrong in one category. */
export interface RuleResult {
  category: AlertCategory;
  /** None where it is no rule's matter. */
  rules: AlertRule[];
  severity: 'low' | 'medium' | 'high';
  findings: AlertFinding[];
}

/** What a rule found in one series. */
export interface Found {
  category: AlertCategory;
  severity: RuleResult['severity'];
  finding: AlertFinding;
}
