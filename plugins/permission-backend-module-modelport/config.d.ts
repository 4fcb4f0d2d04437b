export interface Config {
  modelport?: {
    /** The sample permission policy. */
    policy?: {
      /** Entity refs of the groups whose members confirm risk tiers, such as group:default/model-risk. */
      riskGroups?: string[];
      /** Entity refs of the groups whose members ask for passes over sources. */
      adminGroups?: string[];
      /** Ids of sources whose models only their owners and members of the groups above read. */
      restrictedSources?: string[];
      /** Risk tiers whose models only their owners and members of the groups above read. A model whose tier nobody confirmed counts as high. */
      restrictedTiers?: Array<'low' | 'medium' | 'high'>;
      /** Environments in which only members of the groups above execute promotions again, let steps go on and roll back; none unless given. */
      guardedEnvironments?: string[];
      /** Risk tiers of the models for which that holds; high unless given. */
      guardedTiers?: Array<'low' | 'medium' | 'high'>;
    };
  };
}
