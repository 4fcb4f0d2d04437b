import { Model } from '@modelport/plugin-modelport-common';

/** The version whose monitoring speaks for the model: that of the last environment that has one, or the latest. */
export function versionInUse(model: Model): string | null {
  return (
    model.environments[model.environments.length - 1]?.version ??
    model.latestVersion
  );
}
