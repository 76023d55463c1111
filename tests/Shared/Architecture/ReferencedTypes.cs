using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ServerlessConcurrency.Tests.Architecture;

/// <summary>Every type that a type's declaration and code name.</summary>
internal static class ReferencedTypes
{
    public static void Visit(TypeDefinition type, Action<TypeReference> found)
    {
        Visit(type.BaseType, found);
        foreach (InterfaceImplementation implemented in type.Interfaces)
            Visit(implemented.InterfaceType, found);
        VisitAttributes(type, found);
        foreach (FieldDefinition field in type.Fields)
        {
            Visit(field.FieldType, found);
            VisitAttributes(field, found);
        }

        foreach (PropertyDefinition property in type.Properties)
            VisitAttributes(property, found);
        foreach (MethodDefinition method in type.Methods)
            Visit(method, found);
        foreach (TypeDefinition nested in type.NestedTypes)
            Visit(nested, found);
    }

    private static void Visit(MethodDefinition method, Action<TypeReference> found)
    {
        VisitAttributes(method, found);
        VisitSignature(method, found);
        foreach (GenericParameterConstraint constraint in method.GenericParameters.SelectMany(parameter => parameter.Constraints))
            Visit(constraint.ConstraintType, found);
        if (!method.HasBody)
            return;
        foreach (VariableDefinition variable in method.Body.Variables)
            Visit(variable.VariableType, found);
        foreach (ExceptionHandler handler in method.Body.ExceptionHandlers)
            Visit(handler.CatchType, found);
        foreach (Instruction instruction in method.Body.Instructions)
            VisitOperand(instruction.Operand, found);
    }

    private static void VisitOperand(object? operand, Action<TypeReference> found)
    {
        switch (operand)
        {
            case TypeReference type:
                Visit(type, found);
                break;
            case FieldReference field:
                Visit(field.DeclaringType, found);
                Visit(field.FieldType, found);
                break;
            case MethodReference called:
                Visit(called.DeclaringType, found);
                VisitSignature(called, found);
                foreach (TypeReference argument in (called as GenericInstanceMethod)?.GenericArguments ?? [])
                    Visit(argument, found);
                break;
        }
    }

    private static void VisitSignature(MethodReference method, Action<TypeReference> found)
    {
        Visit(method.ReturnType, found);
        foreach (ParameterDefinition parameter in method.Parameters)
            Visit(parameter.ParameterType, found);
    }

    private static void VisitAttributes(ICustomAttributeProvider annotated, Action<TypeReference> found)
    {
        foreach (CustomAttribute attribute in annotated.CustomAttributes)
            Visit(attribute.AttributeType, found);
    }

    private static void Visit(TypeReference? type, Action<TypeReference> found)
    {
        if (type is null or GenericParameter)
            return;
        foreach (TypeReference argument in (type as GenericInstanceType)?.GenericArguments ?? [])
            Visit(argument, found);
        if (type is TypeSpecification { ElementType: { } element })
            Visit(element, found);
        else
            found(type);
    }
}
