/**
 * A language of the component: display name (configmgr.md section 1.2), culture code as stored, LCID as on the wire.
 */
export interface Language {
  readonly name: string;
  readonly code: string;
  readonly lcid: number;
}

const TABLE = `Arabic|ar|1025
Bulgarian|bg|1026
Chinese (Simplified, PRC)|zh-cn|2052
Chinese (Traditional, Hong Kong S.A.R.)|zh-hk|3076
Chinese (Traditional, Taiwan)|zh-tw|1028
Croatian|hr|1050
Czech|cs|1029
Danish|da|1030
Dutch|nl|1043
English|en|1033
Estonian|et|1061
Finnish|fi|1035
French|fr|1036
German|de|1031
Greek|el|1032
Hebrew|he|1037
Hindi|hi|1081
Hungarian|hu|1038
Italian|it|1040
Japanese|ja|1041
Korean|ko|1042
Latvian|lv|1062
Lithuanian|lt|1063
Norwegian|no|1044
Polish|pl|1045
Portuguese|pt|2070
Portuguese (Brazil)|pt-br|1046
Romanian|ro|1048
Russian|ru|1049
Serbian|sr|2074
Slovak|sk|1051
Slovenian|sl|1060
Spanish|es|1034
Swedish|sv|1053
Thai|th|1054
Turkish|tr|1055
Ukrainian|uk|1058`;

/** The 37 languages, by name. */
export const LANGUAGES: readonly Language[] = TABLE.split('\n').map((line) => {
  const [name = '', code = '', lcid = ''] = line.split('|');
  return { name, code, lcid: Number(lcid) };
});

/** The language of a display name or culture code; undefined when there is none. */
export function findLanguage(text: string): Language | undefined {
  const wanted = text.trim().toLowerCase();
  return LANGUAGES.find((language) => language.name.toLowerCase() === wanted || language.code === wanted);
}
