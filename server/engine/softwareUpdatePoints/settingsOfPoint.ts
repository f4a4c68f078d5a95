import type { ComponentSettings } from '../ComponentSettings.js';
import { findPoint, type SoftwareUpdatePoints } from './SoftwareUpdatePoint.js';

/**
 * The settings that a run of the default software update point works with: without the proxy where it was told not to
 * use it.
 */
export function settingsOfPoint(settings: ComponentSettings, points: SoftwareUpdatePoints): ComponentSettings {
  return findPoint(points, points.defaultServer)?.useProxy === false ? { ...settings, proxyServer: '' } : settings;
}
