using System.Text;

namespace Microsoft.PowerShell.Commands;

/// <summary>The names that -Encoding takes; UTF-8 without a byte order mark by default, as in PowerShell 7.</summary>
internal static class TextEncoding
{
    internal static Encoding Of(object value)
    {
        object plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        if (plain is Encoding encoding)
        {
            return encoding;
        }

        return plain?.ToString().ToLowerInvariant() switch
        {
            null or "" or "utf8" or "utf8nobom" or "default" => new UTF8Encoding(false),
            "utf8bom" => new UTF8Encoding(true),
            "ascii" => Encoding.ASCII,
            "unicode" or "string" => Encoding.Unicode,
            "bigendianunicode" => Encoding.BigEndianUnicode,
            "utf32" => Encoding.UTF32,
            "oem" or "ansi" => Encoding.Latin1,
            var name => int.TryParse(name, out int page) ? Encoding.GetEncoding(page) : Encoding.GetEncoding(name),
        };
    }
}
