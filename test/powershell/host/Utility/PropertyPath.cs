namespace Microsoft.PowerShell.Commands;

/// <summary>One entry of -Property: a name with wildcards, a script block, or a hashtable of expression with name and order.</summary>
internal sealed class PropertyPath
{
    private readonly PSPropertyExpression expression;

    private PropertyPath(object specification)
    {
        object plain = specification is PSObject wrapped ? wrapped.BaseObject : specification;
        if (plain is IDictionary table)
        {
            foreach (DictionaryEntry entry in table)
            {
                Take(entry.Key.ToString().ToLowerInvariant(), entry.Value is PSObject o ? o.BaseObject : entry.Value);
            }

            plain = expressionValue ?? throw new PSArgumentException("The hashtable has no Expression key.");
        }

        expression = plain is ScriptBlock block ? new PSPropertyExpression(block) : new PSPropertyExpression(plain.ToString());
    }

    private object expressionValue;

    internal string Label { get; private set; }

    internal bool? Descending { get; private set; }

    internal string Name => Label ?? expression.ToString();

    internal bool IsCalculated => Label is not null || expression.Script is not null;

    internal static PropertyPath[] All(object[] specifications) => specifications?.Select(s => new PropertyPath(s)).ToArray();

    /// <summary>The named values of an object; a wildcard gives several, a missing property none.</summary>
    internal IEnumerable<(string Name, object Value)> Values(PSObject target)
    {
        if (target is null)
        {
            yield break;
        }

        if (target.BaseObject is IDictionary table && expression.Script is null && table.Contains(expression.ToString()))
        {
            yield return (Name, table[expression.ToString()]);
            yield break;
        }

        foreach (PSPropertyExpression resolved in expression.ResolveNames(target))
        {
            foreach (PSPropertyExpressionResult result in resolved.GetValues(target))
            {
                yield return (Label ?? resolved.ToString(), result.Exception is null ? result.Result : null);
            }
        }
    }

    internal object First(PSObject target) => Values(target).Select(v => v.Value).FirstOrDefault();

    private void Take(string key, object value)
    {
        if (key.Length > 0 && ("name".StartsWith(key, StringComparison.Ordinal) || "label".StartsWith(key, StringComparison.Ordinal)))
        {
            Label = value?.ToString();
        }
        else if (key.Length > 0 && "expression".StartsWith(key, StringComparison.Ordinal))
        {
            expressionValue = value;
        }
        else if (key.Length > 0 && ("descending".StartsWith(key, StringComparison.Ordinal) || "ascending".StartsWith(key, StringComparison.Ordinal)))
        {
            Descending = LanguagePrimitives.IsTrue(value) == key.StartsWith('d');
        }
        else
        {
            throw new PSArgumentException($"The {key} key is not valid.");
        }
    }
}

/// <summary>Compares as PowerShell does: numbers by value, text by culture, anything else by its text; null first.</summary>
internal sealed class ValueOrder(bool caseSensitive = false) : IComparer<object>, IEqualityComparer<object>
{
    public int Compare(object x, object y)
    {
        (x, y) = (Bare(x), Bare(y));
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        return LanguagePrimitives.TryCompare(x, y, !caseSensitive, null, out int result)
            ? result
            : string.Compare(Text(x), Text(y), caseSensitive ? StringComparison.CurrentCulture : StringComparison.CurrentCultureIgnoreCase);
    }

    public new bool Equals(object x, object y)
    {
        (x, y) = (Bare(x), Bare(y));
        return x is null || y is null ? x is null && y is null : Compare(x, y) == 0;
    }

    public int GetHashCode(object value) => 0;

    private static object Bare(object value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    private static string Text(object value) => PSObject.AsPSObject(value).ToString();
}
