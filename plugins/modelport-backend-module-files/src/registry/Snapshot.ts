import {
  SourceModel,
  SourceProblem,
  SourceVersion,
} from '@modelport/plugin-modelport-node';
import { FileTree } from '../tree/FileTree';
import { VersionLocation } from '../versions/VersionFolder';

/** A version that could be read, and where it was. */
export interface SnapshotVersion {
  item: SourceVersion;
  location: VersionLocation;
}

/** All that one scan found, models and versions each in the order of their names. */
export interface Snapshot {
  tree: FileTree;
  models: SourceModel[];
  /** Path of its modelport.yaml by model. */
  files: Map<string, string>;
  /** Versions by model. */
  versions: Map<string, SnapshotVersion[]>;
  problems: SourceProblem[];
}
