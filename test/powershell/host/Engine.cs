using System.Reflection;
using System.Runtime.ExceptionServices;

namespace ConfigMgrSync.PowerShellHost;

/// <summary>
/// The few members that Microsoft's own cmdlet assemblies reach as friends of the engine, reached here by name.
/// </summary>
internal static class Engine
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    internal static Type Type(string name) => typeof(PSObject).Assembly.GetType(name, throwOnError: true);

    internal static Type FormatType(string name) => Type("Microsoft.PowerShell.Commands.Internal.Format." + name);

    internal static object New(Type type, params object[] arguments) => Unwrap(() =>
        type.GetConstructors(Any).First(c => Fits(c.GetParameters(), arguments)).Invoke(arguments));

    internal static object Get(object target, string name)
    {
        MemberInfo member = Member(target.GetType(), name);
        return Unwrap(() => member is FieldInfo field ? field.GetValue(target) : ((PropertyInfo)member).GetValue(target));
    }

    internal static void Set(object target, string name, object value)
    {
        MemberInfo member = Member(target.GetType(), name);
        Unwrap(() =>
        {
            if (member is FieldInfo field)
            {
                field.SetValue(target, value);
            }
            else
            {
                ((PropertyInfo)member).SetValue(target, value);
            }

            return null;
        });
    }

    internal static object Call(object target, string name, params object[] arguments) =>
        Unwrap(() => Method(target.GetType(), name, arguments).Invoke(target, arguments));

    internal static object CallStatic(Type type, string name, params object[] arguments) =>
        Unwrap(() => Method(type, name, arguments).Invoke(null, arguments));

    /// <summary>The execution context of the running cmdlet.</summary>
    internal static object Context(PSCmdlet cmdlet) => Get(cmdlet, "Context");

    /// <summary>The session state of the caller: a script module's own inside one of its functions.</summary>
    internal static object SessionState(PSCmdlet cmdlet) => Get(Context(cmdlet), "EngineSessionState");

    private static MemberInfo Member(Type type, string name)
    {
        for (Type t = type; t is not null; t = t.BaseType)
        {
            MemberInfo found = (MemberInfo)t.GetField(name, Any | BindingFlags.DeclaredOnly) ?? t.GetProperty(name, Any | BindingFlags.DeclaredOnly);
            if (found is not null)
            {
                return found;
            }
        }

        throw new MissingMemberException(type.FullName, name);
    }

    private static MethodInfo Method(Type type, string name, object[] arguments)
    {
        for (Type t = type; t is not null; t = t.BaseType)
        {
            MethodInfo found = t.GetMethods(Any | BindingFlags.DeclaredOnly).FirstOrDefault(m => m.Name == name && Fits(m.GetParameters(), arguments));
            if (found is not null)
            {
                return found;
            }
        }

        throw new MissingMethodException(type.FullName, name);
    }

    private static bool Fits(ParameterInfo[] parameters, object[] arguments) =>
        parameters.Length == arguments.Length && parameters.Zip(arguments).All(pair =>
            pair.Second is null ? !pair.First.ParameterType.IsValueType : pair.First.ParameterType.IsInstanceOfType(pair.Second));

    private static object Unwrap(Func<object> call)
    {
        try
        {
            return call();
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            ExceptionDispatchInfo.Capture(e.InnerException).Throw();
            throw;
        }
    }
}
