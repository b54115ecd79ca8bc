export { helpLayout, layHelp, widthOfOutput } from '../../lay-help.ts';
export { type SettingKey, type SettingValues, settingKeys } from './catalogue.ts';
export { addSettingFlags } from './reference.ts';
export { flagOf, variableOf } from './setting.ts';
