import { CardTemplate } from './CardTemplate';

/** What banks' model risk management asks of a model's documents, as far as a card can hold it. */
export const modelRiskTemplate: CardTemplate = {
  id: 'sr-26-2-ss1-23',
  name: 'Model risk management (SR 26-2, SS1/23)',
  source: 'SR 26-2 / OCC Bulletin 2026-13 / FDIC FIL-15-2026, and PRA SS1/23',
  date: '2026-04-17',
  fields: {
    low: [
      { path: 'name', clause: 'SS1/23 P1, inventory' },
      { path: 'owners', clause: 'SS1/23 P2, roles' },
      { path: 'purpose', clause: 'SR 26-2 materiality: purpose; SS1/23 P3' },
      {
        path: 'riskManagement',
        clause: 'SS1/23 P1, tiering; SR 26-2 materiality',
      },
    ],
    medium: [
      { path: 'architecture', clause: 'SS1/23 P3, design' },
      { path: 'trainingData', clause: 'SS1/23 P3, data' },
      {
        path: 'metrics',
        clause: 'SS1/23 P3, testing; SR 26-2 outcomes analysis',
      },
      { path: 'limitations', clause: 'SS1/23 P3 and P5' },
      { path: 'monitoring', clause: 'SR 26-2 ongoing monitoring; SS1/23 P4' },
    ],
    high: [
      { path: 'users', clause: 'SS1/23 P3, use' },
      { path: 'inputs', clause: 'SS1/23 P3, data' },
      { path: 'outputs', clause: 'SS1/23 P3, design' },
      { path: 'evaluationData', clause: 'SS1/23 P3, testing' },
      { path: 'validation', clause: 'SR 26-2 effective challenge; SS1/23 P4' },
      { path: 'outOfScopeUse', clause: 'SS1/23 P5, restrictions on use' },
      {
        path: 'humanOversight',
        clause: 'SS1/23 P5, exceptions and escalation',
      },
      { path: 'changes', clause: 'SS1/23 P3, changes' },
    ],
  },
};
