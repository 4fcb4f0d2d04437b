import { ConflictError } from '@backstage/errors';
import { PromotionGate } from '@modelport/plugin-modelport-node';
import { messageOf } from '../messageOf';
import { CustomGateRule } from './gates/gateRules';
import { GateFacts, GateResult } from './gates/types';

/** A gate that does not answer in this time can't tell. */
const ANSWER_MS = 30_000;

/** Gates that modules brought. */
export class CustomGates {
  private readonly gates = new Map<string, PromotionGate>();

  add(gate: PromotionGate): void {
    if (this.gates.has(gate.name)) {
      throw new ConflictError(`There is a gate "${gate.name}" already`);
    }
    this.gates.set(gate.name, gate);
  }

  /** Judges a gate; one that is not there, or fails, can't tell. */
  async judge(rule: CustomGateRule, facts: GateFacts): Promise<GateResult> {
    const base = {
      id: rule.id,
      type: rule.type,
      title: rule.title ?? rule.gate,
      lower: null,
      upper: null,
      producer: null,
      producedAt: null,
    };
    const unknown = (message: string): GateResult => ({
      ...base,
      outcome: 'unknown',
      value: null,
      threshold: null,
      message,
      evidence: [],
    });
    const gate = this.gates.get(rule.gate);
    if (!gate) {
      return unknown(`No module of this portal brings the gate ${rule.gate}.`);
    }
    try {
      const { outcome, value, threshold, message, evidence } = await gate.judge(
        facts,
        { with: rule.with, signal: AbortSignal.timeout(ANSWER_MS) },
      );
      return { ...base, outcome, value, threshold, message, evidence };
    } catch (error) {
      return unknown(`The gate ${rule.gate} failed: ${messageOf(error)}`);
    }
  }
}
