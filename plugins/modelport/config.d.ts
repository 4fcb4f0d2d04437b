export interface Config {
  modelport?: {
    /** Of the sample permission policy, so that pages can say who may do what the reader may not. */
    policy?: {
      /**
       * Entity refs of the groups whose members confirm risk tiers.
       * @deepVisibility frontend
       */
      riskGroups?: string[];
      /**
       * Entity refs of the groups whose members ask for passes over sources.
       * @deepVisibility frontend
       */
      adminGroups?: string[];
    };
  };
}
